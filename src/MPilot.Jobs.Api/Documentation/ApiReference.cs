using System.Collections.Immutable;
using System.Text.Json.Serialization;

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

using MPilot.Jobs.Api.Json;

namespace MPilot.Jobs.Api.Documentation;

/// <summary>The OpenAPI document at <see cref="DocumentPath"/> and the page at <c>/docs</c> that shows it.</summary>
internal static class ApiReference
{
    public const string DocumentPath = "/openapi/v1.json";

    /// <summary>The headings of the document, in order.</summary>
    public static readonly ImmutableArray<string> Groups = ["Edits", "Jobs", "Pictures", "Files", "Webhooks", "Models", "Dialects", "Health"];

    private const string PageFolder = "docs";

    /// <summary>Everything the page needs comes from here; its own script and style are what the browser may run.</summary>
    private const string PagePolicy = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

    public static void AddApiReference(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Wire);
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = About;
                document.AddComponent(DrawnSchema.Id, DrawnSchema.Whole);
                document.AddComponent<IOpenApiSecurityScheme>(CallTransformer.KeyScheme, Key);
                document.Tags = Groups.Select(name => new OpenApiTag { Name = name }).ToHashSet();
                return Task.CompletedTask;
            });
            options.AddOperationTransformer<CallTransformer>();
            options.AddSchemaTransformer<MemberTransformer>();
            options.CreateSchemaReferenceId = type =>
                Microsoft.AspNetCore.OpenApi.OpenApiOptions.CreateDefaultSchemaReferenceId(type) is null ? null : BodyNames.Of(type.Type);
        });
    }

    public static void UseApiReference(this WebApplication app)
    {
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments($"/{PageFolder}", StringComparison.OrdinalIgnoreCase),
            page => page.Use((http, next) =>
            {
                http.Response.Headers.ContentSecurityPolicy = PagePolicy;
                return next(http);
            }));
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = PageFolder;
            page.DocumentTitle = About.Title;
            page.SwaggerEndpoint(DocumentPath, About.Title);
            page.DefaultModelsExpandDepth(0);
            page.EnableDeepLinking();
        });
    }

    private static OpenApiSecurityScheme Key => new()
    {
        Type = SecuritySchemeType.Http,
        Scheme = "bearer",
        Description = "A virtual key (`sk-bf-…`); also taken from the headers `x-bf-vk`, `api-key`, `x-api-key` and `x-goog-api-key`. "
            + "Only where keys are configured; without, credentials are ignored.",
    };

    private static OpenApiInfo About => new()
    {
        Title = "MPilot.Jobs",
        Version = "v1",
        Description = "Image edits through many providers. Every edit is a durable job. Any OpenAI client works: point its base URL here.",
    };
}
