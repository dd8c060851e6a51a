using System.Text;
using System.Text.Json;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Drivers;

namespace MPilot.Jobs.Engine.Attempts;

/// <summary>The bodies of one call that the caller asked to see, each at most <see cref="Longest"/> long: they are stored with the job.</summary>
internal sealed class WireRecord(WireWish? wish)
{
    /// <summary>Bytes of a body that is kept whole. 32 kB.</summary>
    public const int Longest = 32 << 10;

    private string? _request;
    private string? _response;

    /// <summary>What is there, or <c>null</c> if nothing is.</summary>
    public WireBodies? Bodies => _request is null && _response is null ? null : new(_request, _response);

    /// <summary>Takes a body if it is wanted.</summary>
    public void Take(WireSide side, Func<string> body)
    {
        if (side == WireSide.Request && wish is { Request: true })
        {
            _request = Bounded(body());
        }
        else if (side == WireSide.Response && wish is { Response: true })
        {
            _response = Bounded(body());
        }
    }

    /// <summary>A body that is too long becomes an object with its beginning, which is JSON again.</summary>
    private static string Bounded(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        if (bytes.Length <= Longest)
        {
            return json;
        }

        // What is JSON in a JSON text doubles at most: quotes and backslashes.
        var beginning = Encoding.UTF8.GetString(bytes.AsSpan(0, (Longest / 2) - 64)).TrimEnd('\uFFFD');
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("cut", beginning);
            writer.WriteNumber("bytes", bytes.Length);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static JsonWriterOptions Writing => new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
