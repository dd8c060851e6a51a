using System.Collections.Immutable;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Emulation;
using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Takes edits, in whatever dialect: read, validate, plan, submit, wait, answer.</summary>
internal sealed class EditEndpoint(
    EditFormReader reader, EditValidator validator, ChainResolver resolver, JobDesk desk, EditDrawing drawing,
    MPilotOptions options, Ids ids, TimeProvider time)
{
    public async Task<IResult> HandleAsync(HttpContext http, IEditDialect dialect)
    {
        var caller = Caller.Of(http);

        // 1. Read: pictures go to the store as they come, and stay there only if step 4 commits them.
        await using var form = new EditForm();
        if (await reader.ReadAsync(form, http.Request, caller, http.RequestAborted) is { } unreadable)
        {
            return new ErrorResult(unreadable);
        }

        // 2. Validate: all mistakes at once.
        var wishes = validator.Validate(form, http.Request.Headers[ApiHeaders.Deadline].ToString());
        dialect.Check(wishes, form.Mistakes);
        wishes = wishes with { Warnings = [.. form.Warnings, .. wishes.Warnings] };
        var key = IdempotencyHeader.Read(http.Request, form.Mistakes);
        var targets = resolver.Resolve(wishes, form.Mistakes);
        if (form.Mistakes.Any)
        {
            return new ErrorResult(ErrorCatalog.Invalid(form.Mistakes));
        }

        // 3. Plan: what each step of the chain would do.
        var chain = ChainPlanner.Plan(wishes.Spec, targets, drawing.Unavailable);
        if (FallbackPolicy.FirstUsable(chain, 0) is null)
        {
            return new ErrorResult(ErrorCatalog.NothingCanDo(chain));
        }

        // 4. Submit, 5. wait and answer.
        var job = Compose(http, dialect, wishes, targets[0], chain);
        return await desk.SubmitAsync(job, form, key, wishes.Deadline) switch
        {
            SubmitAnswer.Accepted accepted => await dialect.AnswerAsync(http, accepted.Job, job),
            SubmitAnswer.Attached attached => await dialect.AnswerAsync(http, attached.Job, job),
            _ => new ErrorResult(ErrorCatalog.KeyReused()),
        };
    }

    private NewJob Compose(
        HttpContext http, IEditDialect dialect, EditWishes wishes, ModelResolution.Found primary, ImmutableArray<Step> chain)
    {
        var now = time.GetUtcNow();
        var allowed = wishes.Deadline ?? (dialect.PreferencesOf(http.Request).TakesPending ? options.Jobs.AsyncDeadline : options.Jobs.Deadline);
        return new()
        {
            Id = ids.NewJob(),
            Tenant = Caller.Of(http).Tenant,
            Spec = wishes.Spec,
            Chain = chain,
            ModelRequested = WithoutProvider(wishes.Model!, primary),
            AcceptedAt = now,
            Deadline = now + allowed,
            RequestId = http.TraceIdentifier,
            ResultLife = dialect.ResultLifeOf(http.Request),
            Metadata = wishes.Metadata,
            Warnings = primary.Warning is { } warning ? wishes.Warnings.Insert(0, warning) : wishes.Warnings,
        };
    }

    private static string WithoutProvider(string model, ModelResolution.Found primary)
    {
        var prefix = primary.Provider.Name + "/";
        return model.StartsWith(prefix, StringComparison.Ordinal) ? model[prefix.Length..] : model;
    }
}
