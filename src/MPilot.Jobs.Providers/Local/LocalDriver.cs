using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Providers.Local;

/// <summary>The built-in editor: removes plain backgrounds on this machine, without a key.</summary>
internal sealed class LocalDriver(IPictureEditor editor) : IDriver
{
    /// <summary>Its one model.</summary>
    public const string Model = "background-removal";

    public string? Unavailable => editor.Unavailable;

    public bool Serves(string model) => model == Model;

    public EditPlan Plan(EditSpec spec, string model) => LocalPlan.For(spec, editor.Unavailable);

    public async Task<DriverAnswer> SendAsync(DriverCall call, IDriverIo io, CancellationToken cancellationToken)
    {
        var source = call.Spec.Images[0];
        await using var picture = new Delivery(await io.BeginPictureAsync(cancellationToken));
        try
        {
            await editor.RemoveBackgroundAsync(
                token => io.OpenAsync(source.Artifact, token),
                source.Facts,
                Encoding(call.Spec),
                picture.WriteAsync,
                cancellationToken);
        }
        catch (PictureUndecodableException)
        {
            return new DriverAnswer.Failed(new(FailureKind.InvalidInput, Message: "The picture cannot be decoded."));
        }

        return picture.Take() is { } usable
            ? new DriverAnswer.Delivered([new(usable)], Background: "transparent")
            : new DriverAnswer.Failed(new(FailureKind.Broken, Message: "The built-in editor made no usable picture."));
    }

    private static PictureEncoding Encoding(EditSpec spec)
        => spec.OutputFormat == "webp" ? new(PictureFormat.Webp, spec.OutputCompression) : new(PictureFormat.Png);

    /// <summary>The upload, disposed unless it was taken.</summary>
    private sealed class Delivery(Engine.Artifacts.PictureUpload upload) : IAsyncDisposable
    {
        private bool _taken;

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
            => await upload.WriteAsync(bytes, cancellationToken);

        public Engine.Artifacts.PictureUpload? Take()
        {
            _taken = upload.Finding is PictureFinding.Usable;
            return _taken ? upload : null;
        }

        public ValueTask DisposeAsync() => _taken ? default : upload.DisposeAsync();
    }
}
