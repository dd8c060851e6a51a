namespace MPilot.Jobs.Api.Documentation;

/// <summary>Where a parameter stands.</summary>
internal enum ParameterPlace
{
    Path,
    Query,
    Header,
}
