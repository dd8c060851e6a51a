using Microsoft.AspNetCore.Http;

namespace MPilot.Jobs.Api.Security;

/// <summary>Who makes a request.</summary>
/// <param name="Tenant">Owns the jobs and artifacts it makes.</param>
/// <param name="Key">The name of the virtual key it brought; empty while none are configured.</param>
internal sealed record Caller(string Tenant, string Key)
{
    /// <summary>Everyone, while no keys are configured: credentials are ignored.</summary>
    public static readonly Caller Keyless = new("default", "");

    /// <summary>Which models it may use.</summary>
    public AllowedModels Models { get; init; } = AllowedModels.All;

    /// <summary>Whether a refusal for safety is not the end of its edits, where they do not say.</summary>
    public bool FallsBackOnRefusal { get; init; }

    /// <summary>The caller of a request, as <see cref="KeyGuard"/> found it.</summary>
    /// <exception cref="InvalidOperationException">The route is open to all: its requests have no caller.</exception>
    public static Caller Of(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Features.Get<Caller>() ?? throw new InvalidOperationException("Nobody was asked who calls this route.");
    }
}
