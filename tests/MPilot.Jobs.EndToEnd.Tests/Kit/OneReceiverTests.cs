using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>The same with a server that takes what the service brings to URLs of callers.</summary>
public abstract class OneReceiverTests : OneProviderTests
{
    protected WebhookReceiver Receiver { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Receiver = await WebhookReceiver.StartAsync();
    }

    public override async Task DisposeAsync()
    {
        await Receiver.DisposeAsync();
        await base.DisposeAsync();
    }
}
