namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>Whom it concerns if the server fails that a URL of a caller leads to: all that the tenant has brought there, and nobody else's.</summary>
internal static class ReceiverTarget
{
    public static string Of(string tenant, string url) => $"{tenant} {new Uri(url).GetLeftPart(UriPartial.Authority)}";
}
