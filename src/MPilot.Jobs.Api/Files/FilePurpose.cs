using System.Collections.Immutable;

using MPilot.Jobs.Api.Errors;

namespace MPilot.Jobs.Api.Files;

/// <summary>The purposes a file may have.</summary>
internal static class FilePurpose
{
    public const string Field = "purpose";

    public static readonly ImmutableArray<string> Known = ["vision", "user_data", "assistants"];

    public const string NoBatches = "purpose batch is not supported: there are no batches yet.";

    private const string Batch = "batch";

    /// <summary>Whether a purpose can be had; if not, what is wrong with it is in the mistakes.</summary>
    public static bool Check(string purpose, Mistakes mistakes)
    {
        if (Known.Contains(purpose, StringComparer.Ordinal))
        {
            return true;
        }

        if (purpose == Batch)
        {
            mistakes.Unsupported(Field, NoBatches);
        }
        else
        {
            mistakes.Invalid(Field, $"purpose must be one of {string.Join(", ", Known)}.");
        }

        return false;
    }
}
