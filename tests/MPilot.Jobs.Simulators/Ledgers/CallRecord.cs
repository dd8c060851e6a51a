namespace MPilot.Jobs.Simulators.Ledgers;

/// <summary>One call as far as it has come.</summary>
public sealed record CallRecord
{
    /// <summary>Counts from 1 in order of arrival, and goes on counting after the ledger is cleared.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset ArrivedAt { get; init; }

    public required string Provider { get; init; }

    public required string Path { get; init; }

    /// <summary>The last four characters of the secret; null without one.</summary>
    public string? Key { get; init; }

    public string? Model { get; init; }

    /// <summary>All headers but those that carry the secret.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Names of all parts, texts and files, in the order they came.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];

    /// <summary>Text fields; of a repeated one the last.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<PartRecord> Parts { get; init; } = [];

    /// <summary>The provider bills the call, whether or not the client got its pictures.</summary>
    public bool Purchased { get; init; }

    /// <summary>Counts from 1 in order of purchase.</summary>
    public int? PurchaseNumber { get; init; }

    /// <summary>How many pictures are billed.</summary>
    public int Pictures { get; init; }

    /// <summary>HTTP status answered; null while there is none, or when the connection was broken first.</summary>
    public int? Status { get; init; }

    /// <summary>The error's code.</summary>
    public string? Code { get; init; }

    /// <summary>The call is over; what follows is known only then.</summary>
    public bool Finished { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The client was still connected at the end; null while the call runs.</summary>
    public bool? ClientPresent { get; init; }
}
