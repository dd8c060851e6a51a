namespace MPilot.Jobs.Domain.Plans;

/// <summary>The parameters of an edit as plans and warnings name them.</summary>
public static class EditParameters
{
    public const string Background = "background";
    public const string Image = "image";
    public const string InferenceSteps = "num_inference_steps";
    public const string InputFidelity = "input_fidelity";
    public const string Mask = "mask";
    public const string MaskPolarity = "mask_polarity";
    public const string Model = "model";
    public const string Count = "n";
    public const string NegativePrompt = "negative_prompt";
    public const string OutputCompression = "output_compression";
    public const string OutputFormat = "output_format";
    public const string PartialImages = "partial_images";
    public const string Prompt = "prompt";
    public const string Quality = "quality";
    public const string ResponseFormat = "response_format";
    public const string Seed = "seed";
    public const string Size = "size";
    public const string Stream = "stream";
    public const string Type = "type";
    public const string User = "user";
}
