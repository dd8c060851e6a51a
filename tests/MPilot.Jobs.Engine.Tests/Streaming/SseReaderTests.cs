using System.Text;

using MPilot.Jobs.Engine.Streaming;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Streaming;

public sealed class SseReaderTests
{
    [Theory]
    [InlineData("event: a\ndata: {\"x\":1}\n\n", "a={\"x\":1}")]
    [InlineData("event:a\r\ndata:1\r\n\r\n", "a=1")]
    [InlineData(": hello\n\nevent: a\nid: 7\nretry: 10\ndata: 1\n\n", "a=1")]
    [InlineData("data: 1\n\ndata: 2\n\n", "=1|=2")]
    [InlineData("event: a\n\ndata: 1\n\n", "=1")]
    [InlineData("event: a\ndata: 1", "a=1")]
    [InlineData("event: a\ndata:\n\n", "a=")]
    [InlineData("data:  two spaces\n\n", "= two spaces")]
    [InlineData("nonsense\n\nevent: a\ndata: 1\n\n", "a=1")]
    [InlineData("", "")]
    public async Task NextAsync_HoweverTheBytesCome_GivesTheSameEvents(string text, string expected)
    {
        for (var piece = 1; piece <= Math.Max(1, text.Length); piece++)
        {
            var (bytes, size) = (Encoding.UTF8.GetBytes(text), piece);
            await using var reader = new SseReader(new PiecewiseStream(bytes, () => size));

            (await ReadAsync(reader)).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task NextAsync_WhenDataWasNotRead_PassesOverIt()
    {
        await using var reader = new SseReader(new MemoryStream(Encoding.UTF8.GetBytes($"data: {new string('x', 500_000)}\n\nevent: b\ndata: 2\n\n")));
        await reader.NextAsync(default);

        (await reader.NextAsync(default))!.Name.ShouldBe("b");
    }

    [Fact]
    public async Task NextAsync_WhenAnotherLineIsTooLong_Refuses()
    {
        await using var reader = new SseReader(new MemoryStream(Encoding.UTF8.GetBytes($"event: {new string('x', 100_000)}\n\n")));

        await Should.ThrowAsync<InvalidDataException>(() => reader.NextAsync(default));
    }

    [Fact]
    public async Task StartsWithAsync_WhenAsked_ConsumesNothing()
    {
        await using var reader = new SseReader(new MemoryStream("data: [DONE]\n\n"u8.ToArray()));
        var data = (await reader.NextAsync(default))!.Data;

        (await data.StartsWithAsync("[DONE]"u8.ToArray(), default)).ShouldBeTrue();
        (await data.StartsWithAsync("[done]"u8.ToArray(), default)).ShouldBeFalse();
        (await TextAsync(data)).ShouldBe("[DONE]");
    }

    private static async Task<string> ReadAsync(SseReader reader)
    {
        var events = new List<string>();
        while (await reader.NextAsync(default) is { } next)
        {
            events.Add($"{next.Name}={(await TextAsync(next.Data)).TrimEnd('\r')}");
        }

        return string.Join('|', events);
    }

    private static async Task<string> TextAsync(Stream stream)
    {
        using var text = new StreamReader(stream);
        return await text.ReadToEndAsync();
    }
}
