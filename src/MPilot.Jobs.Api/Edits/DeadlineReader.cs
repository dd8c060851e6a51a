using System.Globalization;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Requests;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Reads how long a job may take: the field, or else the header. Seconds, more than 0, at most 7 days.</summary>
internal static class DeadlineReader
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public static TimeSpan? Read(string? field, string header, Mistakes mistakes)
    {
        var text = field ?? header;
        if (text.Length == 0)
        {
            return null;
        }

        // The parser lets trailing NULs pass.
        var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && !text.Contains('\0', StringComparison.Ordinal);
        if (isNumber && seconds <= Longest.TotalSeconds && TimeSpan.FromSeconds(seconds) is { Ticks: > 0 } allowed)
        {
            return allowed;
        }

        var name = field is null ? ApiHeaders.Deadline : EditFields.Deadline;
        mistakes.Invalid(name, string.Create(CultureInfo.InvariantCulture, $"{name} must be a number of seconds above 0 and at most {Longest.TotalSeconds}."));
        return null;
    }
}
