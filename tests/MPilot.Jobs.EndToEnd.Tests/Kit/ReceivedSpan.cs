namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>A span that reached the collector.</summary>
internal sealed record ReceivedSpan(string TraceId, string SpanId, string State, string ParentId, string Name, int Kind, IReadOnlyDictionary<string, string> Tags)
{
    public string? this[string tag] => Tags.GetValueOrDefault(tag);

    /// <summary>Reads OpenTelemetry's message <c>Span</c>.</summary>
    public static ReceivedSpan Read(ReadOnlyMemory<byte> message)
    {
        var fields = ProtobufField.Read(message).ToLookup(f => f.Number);
        return new(
            fields[1].Single().Hex, fields[2].Single().Hex, fields[3].SingleOrDefault()?.Text ?? "", fields[4].SingleOrDefault()?.Hex ?? "", fields[5].Single().Text,
            (int)(fields[6].SingleOrDefault()?.Value ?? 0), Attributes(fields[9].Select(f => f.Bytes)));
    }

    /// <summary>Reads messages <c>KeyValue</c>: texts as they are, whole numbers in digits.</summary>
    public static Dictionary<string, string> Attributes(IEnumerable<ReadOnlyMemory<byte>> messages) => messages.Select(ProtobufField.Read).ToDictionary(
        pair => pair.Single(f => f.Number == 1).Text,
        pair => ProtobufField.Read(pair.Single(f => f.Number == 2).Bytes).Select(v => v.Number == 1 ? v.Text : $"{v.Value}").SingleOrDefault() ?? "");
}
