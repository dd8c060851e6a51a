using System.Text.Json.Nodes;

using MPilot.Jobs.Simulators;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>One service at one simulator, with keys of two tenants.</summary>
public sealed class KeyFixture : IAsyncLifetime
{
    public const string Shop = "sk-bf-shop-web-0123456789";
    public const string ShopApp = "sk-bf-shop-app-0123456789";
    public const string Studio = "sk-bf-studio-0123456789";

    public Workspace Workspace { get; } = new();

    public Simulator Simulator { get; private set; } = null!;

    public ServiceProcess Service { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Simulator = await Simulator.StartAsync();
        var configuration = Configurations.With(Simulator);
        configuration["Keys"] = new JsonArray(
            new JsonObject { ["Name"] = "shop-web", ["Secret"] = Shop, ["Tenant"] = "shop" },
            new JsonObject { ["Name"] = "shop-app", ["Secret"] = "env:SHOP_APP_KEY", ["Tenant"] = "shop" },
            new JsonObject { ["Secret"] = Studio, ["Tenant"] = "studio" });
        Service = await ServiceProcess.StartAsync(Workspace, configuration, ("SHOP_APP_KEY", ShopApp));
    }

    public async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        await Simulator.DisposeAsync();
        Workspace.Dispose();
    }

    /// <summary>A client that brings a key with every call.</summary>
    internal EditClient ClientOf(string secret)
    {
        var client = EditClient.For(Service);
        client.Http.DefaultRequestHeaders.Add("x-bf-vk", secret);
        return client;
    }
}
