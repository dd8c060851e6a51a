using Microsoft.AspNetCore.Http;

namespace MPilot.Jobs.Api.Security;

/// <summary>Who makes a request.</summary>
/// <param name="Tenant">Owns the jobs and artifacts it makes.</param>
internal sealed record Caller(string Tenant)
{
    /// <summary>The id of the virtual key it came with; empty where it came with none.</summary>
    public string Key { get; init; } = "";

    private static readonly Caller Keyless = new("default");

    /// <summary>The caller of a request. No keys can be configured: everyone is the one default tenant, and credentials are ignored.</summary>
    public static Caller Of(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return Keyless;
    }
}
