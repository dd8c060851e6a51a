using System.Globalization;

using MPilot.Jobs.EndToEnd.Tests.Kit;

using Shouldly;

namespace MPilot.Jobs.Cluster.Tests;

/// <summary>Reads an open stream frame by frame, as they come.</summary>
internal sealed class FrameListener : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly EditClient _client;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;
    private readonly List<SseFrame> _frames = [];

    private FrameListener(EditClient client, HttpResponseMessage response, Stream body)
    {
        _client = client;
        _response = response;
        _reader = new(body);
    }

    /// <summary>All that came so far.</summary>
    public IReadOnlyList<SseFrame> Frames => _frames;

    /// <summary>Listens to a job's events after one of them.</summary>
    public static Task<FrameListener> ToEventsAsync(ServiceProcess node, string job, long? after = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/jobs/{job}/events");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", after?.ToString(CultureInfo.InvariantCulture));
        return OpenAsync(node, request);
    }

    /// <summary>Listens to the answer of an edit that is streamed; open once its headers come, which is with its first frame.</summary>
    public static Task<FrameListener> ToAnswerAsync(ServiceProcess node, HttpContent edit, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/images/edits") { Content = edit };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return OpenAsync(node, request);
    }

    /// <summary>The next frame, once it is whole; <c>null</c> where the stream has ended in order.</summary>
    public async Task<SseFrame?> NextAsync()
    {
        var text = "";
        while (await _reader.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            text += line + "\n";
            if (line.Length == 0 && SseFrame.ParseAll(text) is [var frame])
            {
                _frames.Add(frame);
                return frame;
            }

            text = line.Length == 0 ? "" : text;
        }

        text.ShouldBeEmpty();
        return null;
    }

    /// <summary>The next frame of that name, and all before it.</summary>
    public async Task<SseFrame> UntilAsync(string name)
    {
        while (await NextAsync() is { } frame)
        {
            if (frame.Name == name)
            {
                return frame;
            }
        }

        throw new InvalidOperationException($"The stream ended without {name}.");
    }

    /// <summary>Reads on to the end.</summary>
    public async Task EndAsync()
    {
        while (await NextAsync() is not null)
        {
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
        _client.Dispose();
    }

    private static async Task<FrameListener> OpenAsync(ServiceProcess node, HttpRequestMessage request)
    {
        using var asked = request;
        var client = EditClient.For(node);
        var response = await client.Http.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead);
        ((int)response.StatusCode).ShouldBe(200);
        return new(client, response, await response.Content.ReadAsStreamAsync());
    }
}
