using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MPilot.Jobs.Simulators.Pictures;
using MPilot.Jobs.Simulators.Scripting;

namespace MPilot.Jobs.Simulators.OpenAi;

/// <summary>Answers as pieces of UTF-8, so that a picture's kept base64 is sent as it is.</summary>
internal static class OpenAiBodies
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Error(OpenAiRefusal refusal) => JsonSerializer.SerializeToUtf8Bytes(
        new { error = new { message = refusal.Message, type = refusal.Type, param = refusal.Param, code = refusal.Code } }, Relaxed);

    public static byte[] Models(long created) => JsonSerializer.SerializeToUtf8Bytes(
        new { @object = "list", data = OpenAiModel.All.Select(model => new { id = model.Name, @object = "model", created, owned_by = "system", shutdown_date = model.ShutdownDate }) }, Relaxed);

    /// <param name="pictures">Each the value of a <c>b64_json</c>, or of a <c>url</c>.</param>
    public static List<ReadOnlyMemory<byte>> Edit(OpenAiEdit edit, long created, IEnumerable<IEnumerable<ReadOnlyMemory<byte>>> pictures, string member = "b64_json")
    {
        List<ReadOnlyMemory<byte>> body = [Text($$"""{"created":{{created}},"data":[""")];
        foreach (var picture in pictures) body.AddRange([Text(body.Count > 1 ? "," : ""), Text($"{{\"{member}\":\""), .. picture, Text("\"}")]);
        body.Add(Text($$"""],{{Facts(edit)}},"usage":{{Usage(edit, ""","output_tokens_details":{"image_tokens":IMAGES,"text_tokens":0}""")}}}"""));
        return body;
    }

    public static List<ReadOnlyMemory<byte>> Partial(OpenAiEdit edit, long created, RenderedPicture picture, int index) =>
        Frame("image_edit.partial_image", picture.Base64(), $"""
            "created_at":{created},{StreamFacts(edit)},"partial_image_index":{index}
            """);

    public static List<ReadOnlyMemory<byte>> Completed(OpenAiEdit edit, long created, IEnumerable<ReadOnlyMemory<byte>> base64) =>
        Frame("image_edit.completed", base64, $"""
            "created_at":{created},{StreamFacts(edit)},"usage":{Usage(edit, "")}
            """);

    public static List<ReadOnlyMemory<byte>> StreamError(OpenAiRefusal refusal) => [Text("event: error\ndata: "), Error(refusal), Text("\n\n")];

    public static byte[] NoPicture { get; } = Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("this is no picture ", 64)))));

    public static byte[] Broken(long created) => Text($$"""{"created":{{created}},"data":[{"b64_json":"iVBORw0KGgo""");

    public static OpenAiRefusal Scripted(ScriptAction action)
    {
        var status = action.Status!.Value;
        var (type, code, message) = status switch
        {
            401 => ("invalid_request_error", "invalid_api_key", "Incorrect API key provided."),
            403 => ("invalid_request_error", null, "Your organization must be verified to use the model."),
            404 => ("invalid_request_error", "model_not_found", "The model does not exist or you do not have access to it."),
            429 => ("requests", "rate_limit_exceeded", "Rate limit reached for images per minute. Please try again in 12s."),
            >= 500 => ("server_error", null, "The server had an error while processing your request. Sorry about that!"),
            _ => ("invalid_request_error", null, "The request is invalid."),
        };
        return new OpenAiRefusal(status, action.Message ?? message, action.Code ?? code, action.Param, action.Type ?? type);
    }

    private static List<ReadOnlyMemory<byte>> Frame(string type, IEnumerable<ReadOnlyMemory<byte>> base64, string rest) =>
        [Text($"event: {type}\ndata: {{\"type\":\"{type}\",\"b64_json\":\""), .. base64, Text($"\",{rest}}}\n\n")];

    private static string Facts(OpenAiEdit edit) => $"""
        "background":"{edit.Background}","output_format":"{edit.FormatName}","size":"{edit.Size}","quality":"{edit.Quality}"
        """;

    private static string StreamFacts(OpenAiEdit edit) => $"""
        "size":"{edit.Size}","quality":"{edit.Quality}","background":"{edit.Background}","output_format":"{edit.FormatName}"
        """;

    private static string Usage(OpenAiEdit edit, string more)
    {
        var usage = edit.Usage;
        var details = more.Replace("IMAGES", $"{usage.ImagesOut}", StringComparison.Ordinal);
        return $$"""
            {"total_tokens":{{usage.Total}},"input_tokens":{{usage.In}},"output_tokens":{{usage.ImagesOut}},"input_tokens_details":{"text_tokens":{{usage.Text}},"image_tokens":{{usage.ImagesIn}}}{{details}}}
            """;
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
