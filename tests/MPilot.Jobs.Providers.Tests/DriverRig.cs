using System.Buffers.Binary;

using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Providers.Tests.Local;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

namespace MPilot.Jobs.Providers.Tests;

/// <summary>A driver as it is composed, against a server on loopback.</summary>
internal sealed class DriverRig : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _model;

    /// <param name="options">The provider; its first key's secret is the one that calls are made with.</param>
    /// <param name="model">The model of calls that name none.</param>
    /// <param name="time">The driver's clock.</param>
    public DriverRig(ProviderOptions options, string model, TimeProvider time)
    {
        _services = new ServiceCollection()
            .AddSingleton(time)
            .AddSingleton<IPictureEditor>(new ScriptedEditor())
            .AddProviders()
            .BuildServiceProvider();
        _model = model;
        Secret = options.Keys[0].Secret;
        Driver = _services.GetServices<IDriverKind>().Single(k => k.Kind == options.Kind).Create(options.Kind, options);
    }

    public string Secret { get; }

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

    public DriverCall Call(EditSpec spec, int count = 1, string? model = null) => new(spec, model ?? _model, count, Secret);

    public Task<DriverAnswer> SendAsync(EditSpec spec, int count = 1, string? model = null, CancellationToken cancellationToken = default)
        => Driver.SendAsync(Call(spec, count, model), Pictures, cancellationToken);

    public async Task<AttemptFailure> FailAsync()
        => (await SendAsync(Spec())).ShouldBeOfType<DriverAnswer.Failed>().Failure;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>Every upload that did not come back in an answer is disposed.</summary>
    public void NothingIsLeft(int delivered = 0) => Pictures.Writers.Count(w => !w.IsDisposed).ShouldBe(delivered);
}
