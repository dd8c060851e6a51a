namespace MPilot.Jobs.Engine.Imaging;

/// <summary>Which part of a source is to be repainted, and how strongly.</summary>
/// <param name="Source">The first source.</param>
/// <param name="Mask">Its mask; <c>null</c>: the source's own transparency is the area.</param>
public sealed record EditArea(PictureInput Source, MaskInput? Mask);
