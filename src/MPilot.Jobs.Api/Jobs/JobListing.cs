using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Api.Jobs;

/// <summary><c>GET /v1/jobs</c>: the tenant's jobs, newest first, a page at a time.</summary>
internal sealed class JobListing(IJobStore store, JobPresenter presenter, ProviderCatalog catalog)
{
    public const int DefaultLimit = 20;
    public const int MaxLimit = 100;

    public async Task<IResult> ListAsync(HttpContext http)
    {
        var mistakes = new Mistakes();
        var query = Read(http, mistakes);
        if (query.After is { } after && await store.FindAsync(query.Tenant, after, http.RequestAborted) is null)
        {
            mistakes.Invalid("after", "after must be the id of one of your jobs.");
        }

        if (mistakes.Any)
        {
            return new ErrorResult(ErrorCatalog.Invalid(mistakes));
        }

        var jobs = await store.ListAsync(query with { Limit = query.Limit + 1 }, http.RequestAborted);
        return Results.Json(Page.Of(jobs, query.Limit, j => presenter.Present(j, outputs: []) with { Prompt = null }, b => b.Id), ApiJson.Wire.PageBodyJobBody);
    }

    private JobQuery Read(HttpContext http, Mistakes mistakes)
    {
        var query = new QueryReader(http.Request, mistakes);
        return new(Caller.Of(http).Tenant, query.Limit(DefaultLimit, MaxLimit))
        {
            Status = query.Choice<JobStatus>("status", WireNames.Of),
            Model = Model(query.Text("model"), mistakes),
            RequestId = query.Text("request_id"),
            After = query.Text("after"),
        };
    }

    /// <summary>Jobs are found by the model as asked for, which is stored without its provider: a prefix would find nothing, and say so.</summary>
    private string? Model(string? text, Mistakes mistakes)
    {
        if (text is not null && catalog.Providers.FirstOrDefault(p => text.StartsWith(p.Name + "/", StringComparison.Ordinal)) is { } provider)
        {
            mistakes.Invalid("model", $"model is compared without its provider: leave {provider.Name}/ out.");
        }

        return text;
    }
}
