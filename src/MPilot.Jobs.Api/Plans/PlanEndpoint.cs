using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Engine.Emulation;

namespace MPilot.Jobs.Api.Plans;

/// <summary><c>POST /v1/images/edits/plan</c>: what an edit would become, step by step. Spends nothing and keeps nothing.</summary>
internal sealed class PlanEndpoint(EditIntake intake, EditDrawing drawing)
{
    public async Task<IResult> HandleAsync(HttpContext http)
    {
        await using var form = new EditForm();
        var (edit, refusal) = await intake.TakeAsync(form, http, (_, _) => Task.CompletedTask);
        return edit is null
            ? new ErrorResult(refusal!)
            : Results.Json(PlanBody.Of(edit, drawing.Unavailable), ApiJson.Wire.PlanBody);
    }
}
