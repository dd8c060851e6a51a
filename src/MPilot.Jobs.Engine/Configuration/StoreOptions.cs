namespace MPilot.Jobs.Engine.Configuration;

/// <summary>Where jobs are kept.</summary>
public sealed class StoreOptions
{
    /// <summary>
    /// <c>sqlite</c>, a file that needs nothing else, or <c>postgres</c>, a server that can be replicated and backed up while it runs, for which every
    /// write is a way over the network. Default: <c>sqlite</c>.
    /// </summary>
    public string Kind { get; set; } = "sqlite";

    /// <summary>For <c>sqlite</c>, the database file. Default: <c>jobs.db</c> under the data folder.</summary>
    public string? Path { get; set; }

    /// <summary>
    /// For <c>postgres</c>, how to reach the database, as Npgsql reads it: <c>Host=…;Database=…;Username=…;Password=…</c>, or <c>env:NAME</c> for the
    /// variable that holds it all. What it leaves out is bounded: 32 connections (<c>Maximum Pool Size</c>; more carry more calls at once, fewer leave the
    /// server room for others), 15 s a command (<c>Command Timeout</c>; longer rides out a busy server, shorter lets callers know sooner), 10 s to connect
    /// (<c>Timeout</c>). Default: none; <c>postgres</c> needs it.
    /// </summary>
    public string? ConnectionString { get; set; }
}
