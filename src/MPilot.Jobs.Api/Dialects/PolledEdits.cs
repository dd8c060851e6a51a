using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Requests;

namespace MPilot.Jobs.Api.Dialects;

/// <summary>What the dialects have in common that answer at once and are asked again.</summary>
internal static class PolledEdits
{
    /// <summary>The caller never waits.</summary>
    public static Preferences Preferences { get; } = new(IsAsync: true, Wait: null);

    /// <summary>There is one answer, at the end.</summary>
    public static void RefuseStream(EditWishes wishes, Mistakes mistakes)
    {
        if (wishes.Spec.Stream)
        {
            mistakes.Unsupported(EditFields.Stream, "stream is not supported for async image edits");
        }
    }
}
