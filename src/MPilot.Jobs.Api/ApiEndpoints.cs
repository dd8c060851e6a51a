using Microsoft.AspNetCore.Builder;

using MPilot.Jobs.Api.Artifacts;
using MPilot.Jobs.Api.Dialects;
using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Feed;
using MPilot.Jobs.Api.Files;
using MPilot.Jobs.Api.Health;
using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Api.Metrics;
using MPilot.Jobs.Api.Models;
using MPilot.Jobs.Api.Plans;
using MPilot.Jobs.Api.Webhooks;

namespace MPilot.Jobs.Api;

/// <summary>The resources of the HTTP front.</summary>
public static class ApiEndpoints
{
    /// <summary>Puts the whole front in place: what every request passes, then the resources.</summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        ApiPipeline.Use(app);
        app.MapEdits();
        app.MapPlans();
        app.MapJobs();
        app.MapFeed();
        app.MapModels();
        app.MapDialects();
        app.MapArtifacts();
        app.MapFiles();
        app.MapWebhooks();
        app.MapOpenApi(ApiReference.DocumentPath).AllowAnonymous();
        app.MapWatching();
        return app;
    }

    /// <summary>Puts in place what a process has that takes no edits: whether it is well, and its metrics.</summary>
    public static WebApplication MapOperations(this WebApplication app)
    {
        ApiPipeline.Use(app);
        app.MapWatching();
        return app;
    }

    private static void MapWatching(this WebApplication app)
    {
        app.MapHealth();
        app.MapMetrics();
    }
}
