using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Api;

/// <summary>What every request passes, outermost first.</summary>
internal static class ApiPipeline
{
    public static void Use(WebApplication app)
    {
        var options = app.Services.GetRequiredService<MPilotOptions>();
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseMiddleware<BodyMiddleware>();
        app.UseMiddleware<FaultMiddleware>();
        app.UseMiddleware<EmptyAnswerMiddleware>();
        if (options.Keys.Count == 0)
        {
            app.UseMiddleware<LoopbackGuard>();
        }

        app.UseCors(policy => Allow(policy, options.Http.AllowedOrigins));
        app.UseApiReference();
        app.UseRouting();
        app.UseMiddleware<KeyGuard>();
    }

    private static void Allow(CorsPolicyBuilder policy, List<string> origins)
        => policy.WithOrigins([.. origins.Select(o => o.TrimEnd('/'))]).AllowAnyHeader().AllowAnyMethod()
            .WithExposedHeaders(ApiHeaders.RequestId, ApiHeaders.JobId, ApiHeaders.Provider, ApiHeaders.Attempts, "Location", "Retry-After");
}
