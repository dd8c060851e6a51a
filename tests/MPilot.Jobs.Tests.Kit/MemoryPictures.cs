using System.Collections.Concurrent;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>A driver's pictures in memory, probed by their first byte and their length.</summary>
public sealed class MemoryPictures : IPictureProbe, IDriverIo
{
    private readonly Pictures _pictures;

    public MemoryPictures()
    {
        var time = new ManualTime();
        Artifacts = new(time);
        _pictures = new(Artifacts, new MemoryStore(), this, new RetentionOptions(), new Ids(time), time);
    }

    public MemoryArtifacts Artifacts { get; }

    /// <summary>Uploads in the order they were begun.</summary>
    public IReadOnlyList<MemoryWriter> Writers => Artifacts.Writers;

    /// <summary>Inspection fails once a picture has more bytes than this.</summary>
    public long UnusableAfter { get; set; } = long.MaxValue;

    /// <summary>What the inspection takes a picture's first byte for; others are no pictures. <c>null</c> takes all.</summary>
    public byte? FirstByte { get; set; }

    public EditPicture Add(string id, byte[] bytes, PictureFacts facts, ArtifactRole role = ArtifactRole.Source)
    {
        Artifacts.Put(id, bytes);
        return new(new(id, role, facts.ContentType, bytes.Length, "00"), facts);
    }

    /// <summary>Previews that were shown, in order.</summary>
    public List<(int Picture, PictureUpload Upload, string? Quality, string? Background)> Previews { get; } = [];

    /// <summary>Bodies that were shown, the last of each side.</summary>
    public Dictionary<WireSide, string> Shown { get; } = [];

    public void Show(WireSide side, Func<string> body) => Shown[side] = body();

    public ValueTask<PictureUpload> BeginPreviewAsync(CancellationToken cancellationToken) => BeginPictureAsync(cancellationToken);

    public Task PreviewAsync(int picture, PictureUpload upload, string? quality, string? background, CancellationToken cancellationToken)
    {
        Previews.Add((picture, upload, quality, background));
        return Task.CompletedTask;
    }

    public ValueTask<PictureUpload> BeginPictureAsync(CancellationToken cancellationToken)
        => _pictures.BeginAsync("default", ArtifactRole.Result, cancellationToken);

    public ValueTask<Stream> OpenAsync(ArtifactRef artifact, CancellationToken cancellationToken) => Artifacts.OpenReadAsync(artifact.Id, cancellationToken);

    /// <summary>Ids of the provider's jobs that were recorded, in order.</summary>
    public ConcurrentQueue<string> Accepted { get; } = new();

    public Task AcceptedAsync(string providerJobId, CancellationToken cancellationToken)
    {
        Accepted.Enqueue(providerJobId);
        return Task.CompletedTask;
    }

    public PictureInspection Start() => new Inspection(this);

    private sealed class Inspection(MemoryPictures owner) : PictureInspection
    {
        private long _length;
        private bool _bad;

        public override bool Push(ReadOnlySpan<byte> bytes)
        {
            _bad |= _length == 0 && owner.FirstByte is { } first && bytes[0] != first;
            _length += bytes.Length;
            return !_bad && _length <= owner.UnusableAfter;
        }

        public override PictureFinding Complete()
            => !_bad && _length > 0 && _length <= owner.UnusableAfter
                ? new PictureFinding.Usable(new(PictureFormat.Png, new(8, 8), 1, true, 1))
                : new PictureFinding.Unusable("is no picture");
    }
}
