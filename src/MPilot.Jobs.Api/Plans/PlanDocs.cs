using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;

namespace MPilot.Jobs.Api.Plans;

/// <summary>Describes <c>/v1/images/edits/plan</c>.</summary>
internal static class PlanDocs
{
    private static readonly PlanBody Sample = new(
        "image.edit.plan", Possible: true,
        [
            new(
                "openai", "gpt-image-2", Usable: true, Calls: 1,
                [
                    new("image", "honoured", null), new("prompt", "honoured", null), new("n", "honoured", null),
                    new("response_format", "emulated", "The service answers in the wanted form."),
                    new("size", "emulated", "Made at 816x816, then scaled and cut to fit."), new("seed", "warned", "This model takes no seed."),
                ],
                EditSamples.Cost),
        ],
        Warnings: null);

    public static readonly CallDoc Plan = new("planImageEdit", "Edits", "Ask what an edit would become")
    {
        Description = "The same body as an edit. Says for each step of the chain what becomes of each parameter, and the most its calls can cost. "
            + "Spends nothing and keeps nothing.",
        Bodies = EditDocs.Bodies,
        Answers =
        [
            AnswerDoc.Json(200, "Step by step; `possible` is false where no step would be tried.", ApiJson.Wire.PlanBody, ("plan", Sample)),
            .. ErrorDocs.Of([.. EditDocs.Refusals]),
        ],
    };
}
