using System.Globalization;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;
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

        // One more than wanted tells whether there are more.
        var jobs = await store.ListAsync(query with { Limit = query.Limit + 1 }, http.RequestAborted);
        var page = jobs.Take(query.Limit).Select(j => presenter.Present(j) with { Prompt = null }).ToList();
        return Results.Json(JobListBody.Of(page, jobs.Count > page.Count), ApiJson.Wire.JobListBody);
    }

    private JobQuery Read(HttpContext http, Mistakes mistakes)
        => new(Caller.Of(http).Tenant, Limit(Text(http, "limit", mistakes), mistakes))
        {
            Status = Status(Text(http, "status", mistakes), mistakes),
            Model = Model(Text(http, "model", mistakes), mistakes),
            RequestId = Text(http, "request_id", mistakes),
            After = Text(http, "after", mistakes),
        };

    /// <summary>The value of a parameter; an empty one counts as absent.</summary>
    private static string? Text(HttpContext http, string name, Mistakes mistakes)
    {
        var values = http.Request.Query[name];
        if (values.Count > 1)
        {
            mistakes.Invalid(name, $"{name} is given more than once.");
        }

        return values is [{ Length: > 0 } text, ..] ? text : null;
    }

    private static int Limit(string? text, Mistakes mistakes)
    {
        if (text is null)
        {
            return DefaultLimit;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit)
        {
            return limit;
        }

        mistakes.Invalid("limit", $"limit must be a number from 1 to {MaxLimit}.");
        return DefaultLimit;
    }

    private static JobStatus? Status(string? text, Mistakes mistakes)
    {
        if (text is null)
        {
            return null;
        }

        foreach (var status in Enum.GetValues<JobStatus>())
        {
            if (WireNames.Of(status) == text)
            {
                return status;
            }
        }

        mistakes.Invalid("status", $"status must be one of {string.Join(", ", Enum.GetValues<JobStatus>().Select(WireNames.Of))}.");
        return null;
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
