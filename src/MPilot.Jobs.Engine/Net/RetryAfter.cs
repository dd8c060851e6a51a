using System.Globalization;
using System.Net.Http.Headers;

namespace MPilot.Jobs.Engine.Net;

/// <summary>Reads how long a server asks to wait.</summary>
public static class RetryAfter
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>From <c>retry-after-ms</c>, else from <c>retry-after</c> in seconds or as a date; between nothing and a day.</summary>
    public static TimeSpan? Of(HttpResponseHeaders headers, DateTimeOffset now)
        => Number(headers, "retry-after-ms") is { } milliseconds ? Within(milliseconds)
            : Number(headers, "retry-after") is { } seconds ? Within(seconds * 1000)
            : headers.RetryAfter?.Date is { } date ? Within((date - now).TotalMilliseconds)
            : null;

    private static double? Number(HttpResponseHeaders headers, string name)
        => headers.NonValidated.TryGetValues(name, out var values)
            && double.TryParse(values.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && !double.IsNaN(number)
                ? number
                : null;

    private static TimeSpan Within(double milliseconds) => TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, Longest.TotalMilliseconds));
}
