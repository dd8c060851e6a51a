namespace MPilot.Jobs.Providers.Failures;

/// <summary>Makes a provider's error code fit for trails.</summary>
internal static class ErrorCode
{
    private const int Longest = 64;

    /// <summary>The code, or <c>null</c> if it is none: too long, or more than letters, digits, <c>_</c>, <c>-</c> and <c>.</c>.</summary>
    public static string? Of(string? text)
        => text is { Length: > 0 and <= Longest } code && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? code : null;
}
