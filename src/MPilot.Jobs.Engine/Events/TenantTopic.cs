namespace MPilot.Jobs.Engine.Events;

/// <summary>
/// What all jobs of a tenant are called where hints are given, to listeners and from node to node. No job has such an id, and a node that does not know of
/// topics wakes nobody by it.
/// </summary>
public static class TenantTopic
{
    public static string Of(string tenant) => "tenant:" + tenant;
}
