using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Telemetry;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Takes edits, in whatever dialect: read, validate, plan, submit, wait, answer.</summary>
internal sealed class EditEndpoint(EditIntake intake, EditWebhooks webhooks, JobDesk desk, Draining draining, MPilotOptions options, Ids ids, TimeProvider time)
{
    public async Task<IResult> HandleAsync(HttpContext http, IEditDialect dialect)
    {
        if (draining.HasBegun)
        {
            return new ErrorResult(ErrorCatalog.Stopping());
        }

        // 1. Read, 2. validate, 3. plan what each step of the chain would do.
        await using var form = new EditForm();
        string? key = null;
        WebhookWish? webhook = null;
        var (edit, refusal) = await intake.TakeAsync(form, http, CheckAsync);
        if (edit is null)
        {
            return new ErrorResult(refusal!);
        }

        if (FallbackPolicy.FirstUsable(edit.Chain, 0) is null)
        {
            return new ErrorResult(ErrorCatalog.NothingCanDo(edit.Chain));
        }

        // 4. Submit, 5. wait and answer.
        var job = Compose(http, dialect, edit) with { Webhook = webhook };
        var marks = Marks(http, dialect, key, edit.Wishes.Deadline);
        return await desk.SubmitAsync(job, form, marks) switch
        {
            SubmitAnswer.Accepted accepted => await dialect.AnswerAsync(http, new(accepted.Job, marks.IsAwaited ? Listener.First : null), job),
            SubmitAnswer.Attached attached => await AttachAsync(http, dialect, attached, job),
            _ => new ErrorResult(ErrorCatalog.KeyReused()),
        };

        async Task CheckAsync(EditWishes wishes, Mistakes mistakes)
        {
            dialect.Check(wishes, mistakes);
            key = IdempotencyHeader.Read(http.Request, mistakes);
            webhook = await webhooks.FindAsync(http, dialect.WebhookNameOf(http.Request), wishes, mistakes);
        }
    }

    private static Task<IResult> AttachAsync(HttpContext http, IEditDialect dialect, SubmitAnswer.Attached attached, NewJob job)
    {
        if (attached.IsReplay)
        {
            http.Response.Headers[ApiHeaders.Replayed] = "true";
        }

        return dialect.AnswerAsync(http, new(attached.Job, attached.Listener > 0 ? attached.Listener : null), job);
    }

    private static RequestMarks Marks(HttpContext http, IEditDialect dialect, string? key, TimeSpan? deadline) => new(key, deadline, Caller.Of(http))
    {
        // Who takes a 202 asks with the job's id, not with the same request; who sends a key is known by it.
        IsAwaited = key is null && !dialect.PreferencesOf(http.Request).TakesPending,
        AsksAgain = RetryHeader.Read(http.Request) > 0,
    };

    private NewJob Compose(HttpContext http, IEditDialect dialect, PlannedEdit edit)
    {
        var (wishes, primary) = (edit.Wishes, edit.Targets[0]);
        var now = time.GetUtcNow();
        var allowed = wishes.Deadline ?? (dialect.PreferencesOf(http.Request).TakesPending ? options.Jobs.AsyncDeadline : options.Jobs.Deadline);
        return new()
        {
            Id = ids.NewJob(),
            Tenant = Caller.Of(http).Tenant,
            Spec = wishes.Spec,
            Chain = edit.Chain,
            ModelRequested = WithoutProvider(wishes.Model!, primary),
            AcceptedAt = now,
            Deadline = now + allowed,
            IsAwaited = !dialect.PreferencesOf(http.Request).TakesPending,
            RequestId = http.TraceIdentifier,
            ClientRequestId = RequestIdMiddleware.ClientIdOf(http.Request),
            Trace = JobTracing.Current,
            Wire = WireHeaders.Of(http.Request),
            ResultLife = dialect.ResultLifeOf(http.Request),
            BucketUrls = wishes.OutputUrls,
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
