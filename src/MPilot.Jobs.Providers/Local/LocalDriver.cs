using System.Globalization;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Engine.Streaming;
using MPilot.Jobs.Providers.Wire;

namespace MPilot.Jobs.Providers.Local;

/// <summary>The built-in editor: removes plain backgrounds, fills masked areas and extends pictures on this machine, without a key.</summary>
internal sealed class LocalDriver(IPictureEditor editor, CapabilityTable models) : IDriver
{
    public string? Unavailable => editor.Unavailable;

    public bool Serves(string model) => LocalModels.All.Contains(model, StringComparer.Ordinal);

    public IReadOnlyList<string> KnownModels => LocalModels.All;

    public ModelCapabilities Describe(string model) => models.For(model);

    public EditPlan Plan(EditSpec spec, string model) => EditPlanner.Plan(spec, Describe(model));

    public async Task<DriverAnswer> SendAsync(DriverCall call, IDriverIo io, CancellationToken cancellationToken)
    {
        io.Show(WireSide.Request, () => WireBody.Of(Fields(call)));
        await using var picture = new Delivery(await io.BeginPictureAsync(cancellationToken));
        try
        {
            await EditAsync(call, io, picture, cancellationToken);
        }
        catch (PictureUndecodableException)
        {
            return new DriverAnswer.Failed(new(FailureKind.InvalidInput, Message: "The picture cannot be decoded."));
        }
        catch (EditImpossibleException exception)
        {
            return new DriverAnswer.Failed(new(FailureKind.InvalidInput, Message: exception.Message));
        }

        return picture.Take() is { } usable
            ? new DriverAnswer.Delivered([new(usable)], Background: call.Model == LocalModels.BackgroundRemoval ? "transparent" : null)
            : new DriverAnswer.Failed(new(FailureKind.Broken, Message: "The built-in editor made no usable picture."));
    }

    private Task EditAsync(DriverCall call, IDriverIo io, Delivery picture, CancellationToken cancellationToken)
    {
        var spec = call.Spec;
        var source = Input(spec.Images[0], io);
        return call.Model switch
        {
            LocalModels.Inpainting => editor.InpaintAsync(
                source, new(Input(spec.Mask!, io), spec.MaskPolarity), Encoding(spec), picture.WriteAsync, cancellationToken),
            LocalModels.Outpainting => editor.OutpaintAsync(source, spec.Size!.Value, Encoding(spec), picture.WriteAsync, cancellationToken),
            _ => editor.RemoveBackgroundAsync(source.OpenAsync, source.Facts, Encoding(spec), picture.WriteAsync, cancellationToken),
        };
    }

    /// <summary>All of the edit that the editor is told.</summary>
    private static IEnumerable<(string Name, string Value)> Fields(DriverCall call)
    {
        var spec = call.Spec;
        (string Name, string? Value)[] all =
        [
            (EditParameters.Model, call.Model),
            (EditParameters.Image, PictureNote.Of(spec.Images[0].Artifact)),
            (EditParameters.Mask, spec.Mask is { } mask ? PictureNote.Of(mask.Artifact) : null),
            (EditParameters.MaskPolarity, spec.MaskPolarity switch { MaskPolarity.White => "white", MaskPolarity.Black => "black", _ => null }),
            (EditParameters.Size, spec.Size?.ToString()),
            (EditParameters.OutputFormat, spec.OutputFormat),
            (EditParameters.OutputCompression, spec.OutputCompression?.ToString(CultureInfo.InvariantCulture)),
        ];
        return all.Where(field => field.Value is not null).Select(field => (field.Name, field.Value!));
    }

    private static PictureInput Input(EditPicture picture, IDriverIo io) => new(token => io.OpenAsync(picture.Artifact, token), picture.Facts);

    private static PictureEncoding Encoding(EditSpec spec) => spec.OutputFormat switch
    {
        "webp" => new(PictureFormat.Webp, spec.OutputCompression),
        "jpeg" => new(PictureFormat.Jpeg, spec.OutputCompression),
        _ => new(PictureFormat.Png),
    };

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
