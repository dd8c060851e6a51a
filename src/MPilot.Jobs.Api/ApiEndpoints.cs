using Microsoft.AspNetCore.Builder;

using MPilot.Jobs.Api.Artifacts;
using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Files;
using MPilot.Jobs.Api.Health;
using MPilot.Jobs.Api.Jobs;

namespace MPilot.Jobs.Api;

/// <summary>The resources of the HTTP front.</summary>
public static class ApiEndpoints
{
    /// <summary>Puts the whole front in place: what every request passes, then the resources.</summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        ApiPipeline.Use(app);
        app.MapEdits();
        app.MapJobs();
        app.MapArtifacts();
        app.MapFiles();
        app.MapHealth();
        return app;
    }
}
