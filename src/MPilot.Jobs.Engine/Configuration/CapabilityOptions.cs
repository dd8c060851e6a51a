using System.Collections.Frozen;
using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Engine.Configuration;

/// <summary>
/// What the models of a pattern can do, where that differs from what the driver knows: for new models, and for other servers of the same wire.
/// Absent members leave the driver's own row as it is. Claiming too much gets requests refused by the provider or parameters ignored there;
/// claiming too little emulates, warns or refuses without need.
/// </summary>
public sealed class CapabilityOptions
{
    private static readonly FrozenSet<string> Renamed = FrozenSet.Create(
        StringComparer.Ordinal,
        EditParameters.Image, EditParameters.Mask, EditParameters.Prompt, EditParameters.Count, EditParameters.Size, EditParameters.Quality,
        EditParameters.Background, EditParameters.InputFidelity, EditParameters.OutputFormat, EditParameters.OutputCompression,
        EditParameters.InferenceSteps, EditParameters.Seed, EditParameters.NegativePrompt, EditParameters.User);

    /// <summary>Which models: <c>*</c> matches any run. Default: <c>*</c>.</summary>
    public string Models { get; set; } = "*";

    /// <summary>Most pictures of one edit. Default: the driver's.</summary>
    public int? MaxImages { get; set; }

    /// <summary>Shortest side of a picture taken, in pixels; edits of smaller ones skip the step. Default: the driver's.</summary>
    public int? MinSide { get; set; }

    /// <summary>Encodings taken (<c>png jpeg webp</c>); others are converted. Default: the driver's.</summary>
    public List<string>? Inputs { get; set; }

    /// <summary>How far a mask is kept to: <c>none</c>, <c>advisory</c> or <c>exact</c>. All but <c>exact</c> have the kept area put back. Default: the driver's.</summary>
    public string? Mask { get; set; }

    /// <summary>How a mask is drawn: <c>alpha</c>, <c>white</c>, <c>white_hard</c>, <c>black</c>, <c>black_hard</c> or <c>source_alpha</c>. Default: the driver's.</summary>
    public string? MaskForm { get; set; }

    /// <summary>Sizes made, as <c>WIDTHxHEIGHT</c>; others are made of the nearest. Default: the driver's.</summary>
    public List<string>? Sizes { get; set; }

    /// <summary>Values of <c>quality</c>; an empty list: no such parameter. Default: the driver's.</summary>
    public List<string>? Qualities { get; set; }

    /// <summary>Values of <c>input_fidelity</c>; an empty list: no such parameter. Default: the driver's.</summary>
    public List<string>? Fidelities { get; set; }

    /// <summary>Values of <c>background</c>; an empty list: no such parameter. Default: the driver's.</summary>
    public List<string>? Backgrounds { get; set; }

    /// <summary>Values of <c>output_format</c> that may be asked for; others are made by the service. Default: the driver's.</summary>
    public List<string>? Outputs { get; set; }

    /// <summary>Whether <c>output_compression</c> may be asked for. Default: the driver's.</summary>
    public bool? Compression { get; set; }

    /// <summary>Most pictures of one call; more are fanned out. Default: the driver's.</summary>
    public int? MaxPictures { get; set; }

    /// <summary>Whether answers stream. Default: the driver's.</summary>
    public bool? Streams { get; set; }

    /// <summary>Most previews of a picture, 0..3. Default: the driver's.</summary>
    public int? MaxPreviews { get; set; }

    /// <summary>Whether <c>seed</c> is taken. Default: the driver's.</summary>
    public bool? Seed { get; set; }

    /// <summary>Whether <c>negative_prompt</c> is taken. Default: the driver's.</summary>
    public bool? NegativePrompt { get; set; }

    /// <summary>Whether <c>num_inference_steps</c> is taken. Default: the driver's.</summary>
    public bool? InferenceSteps { get; set; }

    /// <summary>Whether <c>user</c> is taken. Default: the driver's.</summary>
    public bool? User { get; set; }

    /// <summary>Further fields that are passed on. Default: the driver's.</summary>
    public List<string>? Extras { get; set; }

    /// <summary>
    /// What the model calls parameters of ours (<c>image mask prompt n size quality background input_fidelity output_format output_compression
    /// num_inference_steps seed negative_prompt user</c>), for kinds whose models each have names of their own: <c>"image":"input_images[]"</c> is
    /// a list, <c>"size":"aspect_ratio"</c> is told by proportions, <c>"size":"width,height"</c> by sides. A wrong name gets edits refused, or the
    /// parameter ignored there. Default: none, the driver's.
    /// </summary>
    public Dictionary<string, string> Fields { get; set; } = [];

    /// <summary>What is wrong: member and what it should be.</summary>
    public IEnumerable<OptionMistake> Validate()
    {
        if (MaxImages is < 1 or > 16)
        {
            yield return new(nameof(MaxImages), "must be between 1 and 16.");
        }

        if (MaxPictures is < 1 or > 10)
        {
            yield return new(nameof(MaxPictures), "must be between 1 and 10.");
        }

        if (MaxPreviews is < 0 or > 3)
        {
            yield return new(nameof(MaxPreviews), "must be between 0 and 3.");
        }

        if (MinSide is < 1)
        {
            yield return new(nameof(MinSide), "must be at least 1.");
        }

        if (Mask is not null && ObedienceOf(Mask) is null)
        {
            yield return new(nameof(Mask), "must be none, advisory or exact.");
        }

        if (MaskForm is not null && FormOf(MaskForm) is null)
        {
            yield return new(nameof(MaskForm), "must be alpha, white, white_hard, black, black_hard or source_alpha.");
        }

        foreach (var (parameter, name) in Fields.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            if (!Renamed.Contains(parameter) || name.Length == 0)
            {
                yield return new($"{nameof(Fields)}:{parameter}", $"must be the model's name of a parameter: {string.Join(", ", Renamed.Order(StringComparer.Ordinal))}.");
            }
        }

        foreach (var mistake in Items(Inputs, nameof(Inputs), i => EncodingOf(i) is not null, "must be png, jpeg or webp.")
                     .Concat(Items(Outputs, nameof(Outputs), o => EncodingOf(o) is not null, "must be png, jpeg or webp."))
                     .Concat(Items(Sizes, nameof(Sizes), s => PictureSize.TryParse(s, out _), "must be WIDTHxHEIGHT in pixels.")))
        {
            yield return mistake;
        }
    }

    /// <summary>A driver's row with these changes. Only valid options may be applied.</summary>
    internal ModelCapabilities ApplyTo(ModelCapabilities row) => row with
    {
        MaxImages = MaxImages ?? row.MaxImages,
        MinSide = MinSide ?? row.MinSide,
        Inputs = Inputs is { } inputs ? [.. inputs.Select(i => EncodingOf(i)!.Value)] : row.Inputs,
        Mask = ObedienceOf(Mask) ?? row.Mask,
        MaskForm = FormOf(MaskForm) ?? row.MaskForm,
        Sizes = Sizes is { Count: > 0 } sizes ? new ModelSizes.Listed([.. sizes.Select(SizeOf)]) : row.Sizes,
        Qualities = Qualities?.ToImmutableArray() ?? row.Qualities,
        Fidelities = Fidelities?.ToImmutableArray() ?? row.Fidelities,
        Backgrounds = Backgrounds?.ToImmutableArray() ?? row.Backgrounds,
        Outputs = Outputs?.ToImmutableArray() ?? row.Outputs,
        Compression = Compression ?? row.Compression,
        MaxPictures = MaxPictures ?? row.MaxPictures,
        Streams = Streams ?? row.Streams,
        MaxPreviews = MaxPreviews ?? row.MaxPreviews,
        Seed = Seed ?? row.Seed,
        NegativePrompt = NegativePrompt ?? row.NegativePrompt,
        InferenceSteps = InferenceSteps ?? row.InferenceSteps,
        User = User ?? row.User,
        Extras = Extras?.ToImmutableArray() ?? row.Extras,
    };

    private static IEnumerable<OptionMistake> Items(List<string>? items, string name, Func<string, bool> isRight, string message)
        => (items ?? []).Select((item, index) => (item, index)).Where(i => !isRight(i.item)).Select(i => new OptionMistake($"{name}:{i.index}", message));

    private static PictureSize SizeOf(string text) => PictureSize.TryParse(text, out var size) ? size : default;

    private static PictureFormat? EncodingOf(string text) => text switch
    {
        "png" => PictureFormat.Png,
        "jpeg" => PictureFormat.Jpeg,
        "webp" => PictureFormat.Webp,
        _ => null,
    };

    private static MaskObedience? ObedienceOf(string? text) => text switch
    {
        "none" => MaskObedience.None,
        "advisory" => MaskObedience.Advisory,
        "exact" => MaskObedience.Exact,
        _ => null,
    };

    private static MaskForm? FormOf(string? text) => text switch
    {
        "alpha" => Domain.Plans.MaskForm.Alpha,
        "white" => Domain.Plans.MaskForm.White,
        "white_hard" => Domain.Plans.MaskForm.WhiteHard,
        "black" => Domain.Plans.MaskForm.Black,
        "black_hard" => Domain.Plans.MaskForm.BlackHard,
        "source_alpha" => Domain.Plans.MaskForm.SourceAlpha,
        _ => null,
    };
}
