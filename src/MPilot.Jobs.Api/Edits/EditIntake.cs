using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Emulation;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Takes a request in: reads, validates, plans. Nothing is kept of it yet.</summary>
internal sealed class EditIntake(EditFormReader reader, EditValidator validator, MaskCheck masks, ChainResolver resolver, EditDrawing drawing)
{
    /// <summary>Fills the form and makes an edit of it.</summary>
    /// <param name="form">Empty. Its pictures go to the store as they come, and stay there only if somebody commits them.</param>
    /// <param name="http">The request.</param>
    /// <param name="check">Adds what else is wrong with the wishes.</param>
    /// <returns>The edit, or what is wrong: all mistakes at once.</returns>
    public async Task<(PlannedEdit? Edit, ApiError? Refusal)> TakeAsync(EditForm form, HttpContext http, Func<EditWishes, Mistakes, Task> check)
    {
        var caller = Caller.Of(http);
        if (await reader.ReadAsync(form, http.Request, caller, http.RequestAborted) is { } unreadable)
        {
            return (null, unreadable);
        }

        var wishes = validator.Validate(form, http.Request.Headers[ApiHeaders.Deadline].ToString());
        await check(wishes, form.Mistakes);
        wishes = wishes with { Warnings = [.. form.Warnings, .. wishes.Warnings] };
        var targets = resolver.Resolve(wishes, caller.Models, form.Mistakes);
        if (!form.Mistakes.Any)
        {
            await masks.CheckAsync(form, wishes.Edits, http.RequestAborted);
        }

        return form.Mistakes.Any ? (null, ErrorCatalog.Invalid(form.Mistakes)) : (Plan(wishes, targets, caller), null);
    }

    private PlannedEdit Plan(EditWishes wishes, IReadOnlyList<ModelResolution.Found> targets, Caller caller)
    {
        var chain = targets.Zip(wishes.Overrides, (target, spec) => new ChainTarget(target, spec));
        var steps = ChainPlanner.Plan(wishes.Spec, chain, drawing.Unavailable);
        var fallsBack = wishes.FallsBackOnRefusal ?? caller.FallsBackOnRefusal;
        return new(wishes, targets, [.. steps.Select(s => s with { FallBackOnRefusal = fallsBack })]);
    }
}
