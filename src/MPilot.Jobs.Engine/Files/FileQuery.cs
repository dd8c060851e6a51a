namespace MPilot.Jobs.Engine.Files;

/// <summary>Which files of a tenant to list.</summary>
/// <param name="Tenant">Their owner.</param>
/// <param name="Now">Files that have expired by then are not listed.</param>
/// <param name="Limit">At most so many.</param>
public sealed record FileQuery(string Tenant, DateTimeOffset Now, int Limit)
{
    /// <summary>Begin after this id, exclusive, in the direction of the listing; <c>null</c> from its beginning.</summary>
    public string? After { get; init; }

    /// <summary>Oldest first instead of newest first.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>Only files for this purpose.</summary>
    public string? Purpose { get; init; }
}
