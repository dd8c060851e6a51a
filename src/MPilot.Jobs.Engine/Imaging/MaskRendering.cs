using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Engine.Imaging;

/// <summary>A mask to draw for a provider, as a png of the size sent.</summary>
/// <param name="Area">What is to be repainted. All that has to be invented around the source is repainted too, all padding kept.</param>
/// <param name="Layout">Where the source is in what is sent.</param>
/// <param name="Form">The provider's convention: neither <see cref="MaskForm.Given"/> nor <see cref="MaskForm.SourceAlpha"/>.</param>
public sealed record MaskRendering(EditArea Area, Layout Layout, MaskForm Form);
