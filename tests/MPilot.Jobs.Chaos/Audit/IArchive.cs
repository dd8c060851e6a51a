namespace MPilot.Jobs.Chaos.Audit;

/// <summary>What the service keeps, read from beside it.</summary>
internal interface IArchive
{
    /// <summary>The folder of the pictures.</summary>
    string Artifacts { get; }

    /// <summary>A column of texts.</summary>
    Task<IReadOnlyList<string>> ListAsync(string sql);

    Task<OpenArchive> OpenAsync();
}
