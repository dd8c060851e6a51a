using System.Text.Json.Serialization;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Domain.Webhooks;

namespace MPilot.Jobs.Storage.Json;

/// <summary>How states and events are written down. The names are a contract with every database there is: add, never rename.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    Converters =
    [
        typeof(SortedMapConverter),
        typeof(NamedEnumConverter<ArtifactRole>),
        typeof(NamedEnumConverter<AttemptStatus>),
        typeof(NamedEnumConverter<DeliveryFormat>),
        typeof(NamedEnumConverter<EditType>),
        typeof(NamedEnumConverter<FailureKind>),
        typeof(NamedEnumConverter<JobStatus>),
        typeof(NamedEnumConverter<MaskPolarity>),
        typeof(NamedEnumConverter<PictureFormat>),
        typeof(NamedEnumConverter<PlanAction>),
        typeof(NamedEnumConverter<ResponseFormat>),
        typeof(NamedEnumConverter<UnsupportedPolicy>),
    ])]
[JsonSerializable(typeof(JobState))]
[JsonSerializable(typeof(JobEvent))]
internal sealed partial class StoredJsonContext : JsonSerializerContext;
