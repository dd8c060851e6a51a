using Microsoft.Extensions.DependencyInjection;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.BackgroundRemoval;
using MPilot.Jobs.Imaging.Probe;

namespace MPilot.Jobs.Imaging;

/// <summary>Registers the imaging ports.</summary>
public static class ImagingServices
{
    /// <summary>Adds the picture probe, the picture editor and the pixel budget they share.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is not positive.</exception>
    public static IServiceCollection AddImaging(this IServiceCollection services, ImagingOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.PixelBudget, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxPixels, nameof(options));
        return services
            .AddSingleton(new PixelBudget(options.PixelBudget))
            .AddSingleton<IPictureProbe>(new PictureProbe(options.MaxPixels))
            .AddSingleton<IPictureEditor, VipsPictureEditor>();
    }
}
