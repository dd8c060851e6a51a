using System.Text;

namespace MPilot.Jobs.Api.Tests.Streams;

/// <summary>Reads an open stream block by block: comments and events, each up to its empty line.</summary>
internal sealed class StreamTap(HttpResponseMessage response, CancellationToken patience) : IDisposable
{
    private StreamReader? _reader;

    /// <summary>The next block without its empty line, or <c>null</c> at the end.</summary>
    public async Task<string?> NextAsync()
    {
        _reader ??= new(await response.Content.ReadAsStreamAsync(patience));
        var block = new StringBuilder();
        while (await _reader.ReadLineAsync(patience) is { } line)
        {
            if (line.Length == 0)
            {
                return block.ToString();
            }

            block.Append(block.Length == 0 ? "" : "\n").Append(line);
        }

        return null;
    }

    /// <summary>The client leaves.</summary>
    public void Dispose()
    {
        _reader?.Dispose();
        response.Dispose();
    }
}
