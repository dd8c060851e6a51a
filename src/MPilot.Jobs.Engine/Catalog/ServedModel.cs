namespace MPilot.Jobs.Engine.Catalog;

/// <summary>A name an edit may ask for, and what it means.</summary>
/// <param name="Id">The name: <c>provider/model</c>, an alias, or a bare model name.</param>
/// <param name="Provider">Who serves it.</param>
/// <param name="Name">The model as the provider knows it.</param>
public sealed record ServedModel(string Id, ConfiguredProvider Provider, string Name)
{
    /// <summary>The <c>provider/model</c> it stands for, or <c>null</c> where the id is that itself.</summary>
    public string? AliasOf => FullName == Id ? null : FullName;

    private string FullName => $"{Provider.Name}/{Name}";
}
