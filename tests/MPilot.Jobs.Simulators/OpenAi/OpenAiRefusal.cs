namespace MPilot.Jobs.Simulators.OpenAi;

/// <summary>An error answer.</summary>
internal sealed record OpenAiRefusal(int Status, string Message, string? Code = null, string? Param = null, string Type = "invalid_request_error")
{
    public static OpenAiRefusal Unknown(string param) => new(400, $"Unknown parameter: '{param}'.", "unknown_parameter", param);

    public static OpenAiRefusal Missing(string param) => new(400, $"Missing required parameter: '{param}'.", "missing_required_parameter", param);

    public static OpenAiRefusal Repeated(string param) => new(
        400,
        $"Duplicate parameter: '{param}'. You provided multiple values for this parameter, whereas only one is allowed. If you are trying to provide a list of values, use the array syntax instead e.g. '{param}[]=<value>'.",
        "duplicate_parameter",
        param);

    public static OpenAiRefusal Invalid(string param, string message) => new(400, message, "invalid_value", param);

    public static OpenAiRefusal Unsupported(string param, string value, IEnumerable<string> supported) =>
        Invalid(param, $"Invalid value: '{value}'. Supported values are: {string.Join(", ", supported.Select(one => $"'{one}'"))}.");

    public static OpenAiRefusal Type400(string param, string expected, string got) =>
        new(400, $"Invalid type for '{param}': expected {expected}, but got {got} instead.", "invalid_type", param);

    public static OpenAiRefusal ImageFile(string param, string why) => new(400, $"Invalid image file or mode for '{param}': {why}", "invalid_image_file", param);

    public static OpenAiRefusal Key(string? secret) => secret is null
        ? new(401, "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth.", "invalid_api_key")
        : new(401, $"Incorrect API key provided: {Masked(secret)}. You can find your API key at https://platform.openai.com/account/api-keys.", "invalid_api_key");

    public static OpenAiRefusal Model(string model) =>
        new(404, $"The model '{model}' does not exist or you do not have access to it.", "model_not_found");

    public static OpenAiRefusal Moderation() => new(
        400,
        "Your request was rejected by the safety system. If you believe this is an error, contact us at help.openai.com and include the request ID. safety_violations=[violence].",
        "moderation_blocked",
        Type: "image_generation_user_error");

    public static OpenAiRefusal Quota() => new(
        429, "You exceeded your current quota, please check your plan and billing details.", "insufficient_quota", Type: "insufficient_quota");

    private static string Masked(string secret) => secret.Length <= 8 ? "***" : $"{secret[..4]}***{secret[^4..]}";
}
