using System.Buffers;

namespace MPilot.Jobs.Providers.Failures;

/// <summary>Reads the beginning of an error response.</summary>
internal static class ErrorBeginning
{
    private const int LongestBody = 64 << 10;

    /// <summary>What the first 64 kB say; a connection lost while reading them loses only the words, the status is known.</summary>
    /// <param name="response">Its body is read once.</param>
    /// <param name="parse">Reads a body that may be cut off, or no JSON at all.</param>
    /// <param name="none">What stands for a body that did not come.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, Func<ReadOnlyMemory<byte>, T> parse, T none, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(LongestBody);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var length = await body.ReadAtLeastAsync(buffer.AsMemory(0, LongestBody), LongestBody, throwOnEndOfStream: false, cancellationToken);
            return parse(buffer.AsMemory(0, length));
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return none;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
