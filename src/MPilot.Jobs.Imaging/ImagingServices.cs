using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Imaging.BackgroundRemoval;
using MPilot.Jobs.Imaging.Probe;
using MPilot.Jobs.Imaging.Rendering;

namespace MPilot.Jobs.Imaging;

/// <summary>Registers the imaging ports.</summary>
public static class ImagingServices
{
    /// <summary>Adds the picture probe, the picture editor, the picture renderer and the pixel budget they share. The limits are read when they are first used.</summary>
    public static IServiceCollection AddImaging(this IServiceCollection services, PicturesOptions options)
        => services
            .AddSingleton(s => new PixelBudget(options.PixelBudget) { Instruments = s.GetService<JobsInstruments>() })
            .AddSingleton<IPictureProbe>(_ => new PictureProbe(options.MaxPixels))
            .AddSingleton<IPictureEditor, VipsPictureEditor>()
            .AddSingleton<IPictureRenderer, VipsPictureRenderer>();
}
