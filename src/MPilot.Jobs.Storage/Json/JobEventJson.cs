using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Storage.Json;

/// <summary>An event as UTF-8 JSON, and the name of its type, the same in every store.</summary>
internal static class JobEventJson
{
    private static readonly FrozenDictionary<Type, string> Names = typeof(JobEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);

    public static string TypeOf(JobEvent fact) => Names[fact.GetType()];

    public static byte[] Write(JobEvent fact) => JsonSerializer.SerializeToUtf8Bytes(fact, StoredJsonContext.Default.JobEvent);

    /// <exception cref="JsonException">These bytes are no event.</exception>
    public static JobEvent Read(ReadOnlySpan<byte> utf8)
        => JsonSerializer.Deserialize(utf8, StoredJsonContext.Default.JobEvent) ?? throw new JsonException("An event is an object.");
}
