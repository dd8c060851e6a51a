using System.Text;
using System.Text.Json.Nodes;

using RabbitMQ.Client;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>One message as a plain AMQP client gets it.</summary>
/// <param name="Id">The property <c>message-id</c>.</param>
/// <param name="Exchange">The exchange it was published to.</param>
/// <param name="Properties">What else the frame says, by name.</param>
/// <param name="Body">The bytes.</param>
public sealed record OutsideMessage(string? Id, string Exchange, IReadOnlyDictionary<string, string> Properties, byte[] Body)
{
    /// <summary>The whole body.</summary>
    public JsonNode Envelope { get; } = JsonNode.Parse(Body)!;

    /// <summary>The event in it.</summary>
    public JsonNode Event => Envelope["message"]!;

    public string Job => (string)Event["jobId"]!;

    public long Sequence => (long)Event["sequence"]!;

    public string Type => (string)Event["type"]!;

    internal static Dictionary<string, string> HeadersOf(IReadOnlyBasicProperties properties)
    {
        var all = (properties.Headers ?? new Dictionary<string, object?>())
            .ToDictionary(h => h.Key, h => h.Value is byte[] text ? Encoding.UTF8.GetString(text) : $"{h.Value}", StringComparer.Ordinal);
        all["content-type"] = properties.ContentType ?? "";
        all["delivery-mode"] = $"{(int)properties.DeliveryMode}";
        return all;
    }
}
