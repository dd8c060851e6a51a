using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

using MPilot.Jobs.Engine.Streaming;
using MPilot.Jobs.Providers.Failures;

namespace MPilot.Jobs.Providers.Wire;

/// <summary>Writes bodies as those may see them who made the edit: no pictures, no links, no keys.</summary>
internal static class WireBody
{
    private const string LongText = "<a long text>";
    private const string Link = "<a link>";

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The parts of a form as an object; what is given several times becomes an array.</summary>
    /// <param name="parts">Pictures as notes.</param>
    /// <param name="unsayable">Literal texts to take out.</param>
    public static string Of(IEnumerable<(string Name, string Value)> parts, params ReadOnlySpan<string> unsayable)
    {
        var hidden = unsayable.ToArray();
        return Write(json =>
        {
            json.WriteStartObject();
            foreach (var part in parts.GroupBy(p => p.Name, p => p.Value, StringComparer.Ordinal))
            {
                json.WritePropertyName(ProviderMessage.Hide(part.Key, hidden));
                WriteValues(json, [.. part.Select(value => ProviderMessage.Hide(value, hidden))]);
            }

            json.WriteEndObject();
        });
    }

    /// <summary>An answer.</summary>
    /// <param name="body">Its pictures may have been taken, but not disposed.</param>
    /// <param name="unsayable">Literal texts to take out, besides what is taken out of every text of a provider.</param>
    public static string Of(SpilledJson body, params ReadOnlySpan<string> unsayable)
    {
        var hidden = unsayable.ToArray();
        return Write(json => WriteElement(json, body, body.Root, name: "", hidden));
    }

    private static void WriteValues(Utf8JsonWriter json, string[] values)
    {
        if (values is [var only])
        {
            json.WriteStringValue(only);
            return;
        }

        json.WriteStartArray();
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteElement(Utf8JsonWriter json, SpilledJson body, JsonElement element, string name, string[] hidden)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    json.WritePropertyName(ProviderMessage.Redact(member.Name, hidden));
                    WriteElement(json, body, member.Value, member.Name, hidden);
                }

                json.WriteEndObject();
                break;

            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    WriteElement(json, body, item, name, hidden);
                }

                json.WriteEndArray();
                break;

            case JsonValueKind.String:
                json.WriteStringValue(Text(body, element, name, hidden));
                break;

            default:
                element.WriteTo(json);
                break;
        }
    }

    private static string Text(SpilledJson body, JsonElement element, string name, string[] hidden)
        => body.Text(element) is not { } text ? body.Note(element) ?? LongText
            : name == "b64_json" || text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? PictureNote.Of("picture", DecodedLength(text))
            : name == "url" ? Link
            : ProviderMessage.Redact(text, hidden);

    /// <summary>Of base64, with what may stand before its comma.</summary>
    private static long DecodedLength(string text)
    {
        var base64 = text.AsSpan(text.IndexOf(',', StringComparison.Ordinal) + 1).TrimEnd('=');
        return base64.Length * 3L / 4;
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
