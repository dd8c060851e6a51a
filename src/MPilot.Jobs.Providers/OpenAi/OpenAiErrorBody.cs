using System.Text.Json;

using MPilot.Jobs.Providers.Wire;

namespace MPilot.Jobs.Providers.OpenAi;

/// <summary>What an error body says, in any of the shapes servers of this wire send. All of it is the provider's text.</summary>
/// <param name="Code">The most exact code.</param>
/// <param name="InnerCode">A second, inner code.</param>
/// <param name="Type">The class of error.</param>
/// <param name="Message">For people.</param>
internal sealed record OpenAiErrorBody(string? Code, string? InnerCode, string? Type, string? Message)
{
    public static readonly OpenAiErrorBody None = new(null, null, null, null);

    /// <summary>Reads a body that may be no JSON at all.</summary>
    public static OpenAiErrorBody Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Of(document.RootElement) ?? None;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return None;
        }
    }

    /// <summary>The error of an answer, or <c>null</c> if it has none.</summary>
    public static OpenAiErrorBody? Of(JsonElement root)
    {
        if (root.Member("error") is { ValueKind: JsonValueKind.String } text)
        {
            return new(Text(root, "code"), null, Text(root, "type"), text.GetString());
        }

        var error = root.Member("error") is { ValueKind: JsonValueKind.Object } inside ? inside : root;
        var inner = error.Member("inner_error") ?? error.Member("innererror");
        var found = new OpenAiErrorBody(
            Text(error, "code"),
            inner is { } i ? Text(i, "code") : null,
            Text(error, "type"),
            Text(error, "message") ?? Text(error, "detail"));
        return found == None ? null : found;
    }

    /// <summary>Whether any of its codes is one of these.</summary>
    public bool IsAnyOf(IReadOnlySet<string> codes)
        => (Code is not null && codes.Contains(Code)) || (InnerCode is not null && codes.Contains(InnerCode)) || (Type is not null && codes.Contains(Type));

    private static string? Text(JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };
}
