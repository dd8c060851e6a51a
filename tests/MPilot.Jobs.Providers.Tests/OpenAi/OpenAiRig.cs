using System.Buffers.Binary;

using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Providers.Tests.Local;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

namespace MPilot.Jobs.Providers.Tests.OpenAi;

/// <summary>A driver as it is composed, against a server on loopback.</summary>
internal sealed class OpenAiRig : IAsyncDisposable
{
    public const string Secret = "sk-test-0001";

    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<IPictureEditor>(new ScriptedEditor())
        .AddProviders()
        .BuildServiceProvider();

    private OpenAiRig(string baseUrl, params string[] downloadHosts)
        => Driver = _services.GetServices<IDriverKind>().Single(k => k.Kind == "openai")
            .Create("openai", new() { Kind = "openai", BaseUrl = new(baseUrl), DownloadHosts = [.. downloadHosts] });

    public static OpenAiRig Against(string baseUrl, params string[] downloadHosts) => new(baseUrl, downloadHosts);

    public MemoryPictures Pictures { get; } = new() { FirstByte = 0x89 };

    public IDriver Driver { get; }

    /// <summary>The beginning of a png, then noise.</summary>
    public static byte[] Png(int seed, int length = 5000)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        byte[] head = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];
        head.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), Edits.Png.Stored.Width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), Edits.Png.Stored.Height);
        (bytes[24], bytes[25]) = (8, 6);
        return bytes;
    }

    /// <summary>A prompt edit of so many stored pictures.</summary>
    public EditSpec Spec(int images = 1) => new()
    {
        Prompt = "make it blue",
        Images = [.. Enumerable.Range(0, images).Select(i => Pictures.Add($"image{i}", Png(i), Edits.Png))],
    };

    public Task<DriverAnswer> SendAsync(EditSpec spec, int count = 1, string model = "gpt-image-2", CancellationToken cancellationToken = default)
        => Driver.SendAsync(new(spec, model, count, Secret), Pictures, cancellationToken);

    public async Task<AttemptFailure> FailAsync()
        => (await SendAsync(Spec())).ShouldBeOfType<DriverAnswer.Failed>().Failure;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>Every upload that did not come back in an answer is disposed.</summary>
    public void NothingIsLeft(int delivered = 0) => Pictures.Writers.Count(w => !w.IsDisposed).ShouldBe(delivered);
}
