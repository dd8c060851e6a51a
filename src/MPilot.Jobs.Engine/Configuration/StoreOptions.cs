namespace MPilot.Jobs.Engine.Configuration;

/// <summary>Where jobs are kept.</summary>
public sealed class StoreOptions
{
    /// <summary><c>sqlite</c>. Default: <c>sqlite</c>.</summary>
    public string Kind { get; set; } = "sqlite";

    /// <summary>For <c>sqlite</c>, the database file. Default: <c>jobs.db</c> under the data folder.</summary>
    public string? Path { get; set; }
}
