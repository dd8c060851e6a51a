using System.Collections.Concurrent;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Engine.Tests.Streaming;

/// <summary>Pictures in memory, for tests: every upload that was begun can be looked at, and how it ended.</summary>
public sealed class MemoryPictures : IArtifactStore, IPictureProbe, IDriverIo
{
    private readonly Pictures _pictures;
    private readonly ConcurrentDictionary<string, byte[]> _stored = new(StringComparer.Ordinal);

    public MemoryPictures() => _pictures = new(this, ledger: null!, this, new Ids(TimeProvider.System), TimeProvider.System);

    /// <summary>Writers in the order they were begun.</summary>
    public List<MemoryWriter> Writers { get; } = [];

    /// <summary>Inspection fails once a picture has more bytes than this.</summary>
    public long UnusableAfter { get; set; } = long.MaxValue;

    /// <summary>Whether writers keep the bytes or only count them.</summary>
    public bool Keep { get; set; } = true;

    /// <summary>What the inspection takes a picture's first byte for; others are no pictures. <c>null</c> takes all.</summary>
    public byte? FirstByte { get; set; }

    public EditPicture Add(string id, byte[] bytes, PictureFacts facts, ArtifactRole role = ArtifactRole.Source)
    {
        _stored[id] = bytes;
        return new(new(id, role, facts.ContentType, bytes.Length, "00"), facts);
    }

    public ValueTask<PictureUpload> BeginPictureAsync(CancellationToken cancellationToken)
        => _pictures.BeginAsync("default", ArtifactRole.Result, cancellationToken);

    public ValueTask<Stream> OpenAsync(ArtifactRef artifact, CancellationToken cancellationToken) => OpenReadAsync(artifact.Id, cancellationToken);

    public Task AcceptedAsync(string providerJobId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<ArtifactWriter> CreateAsync(string id, CancellationToken cancellationToken)
    {
        var writer = new MemoryWriter(Keep);
        Writers.Add(writer);
        return new(writer);
    }

    public ValueTask<Stream> OpenReadAsync(string id, CancellationToken cancellationToken) => new(new MemoryStream(_stored[id], writable: false));

    public ValueTask DeleteAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<string> ListAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DeleteAbandonedAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken) => throw new NotSupportedException();

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
