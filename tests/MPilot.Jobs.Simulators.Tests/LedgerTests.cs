using System.Security.Cryptography;
using System.Text.Json;
using MPilot.Jobs.Simulators.Ledgers;
using MPilot.Jobs.Tests.Kit;
using Shouldly;
using Xunit;

namespace MPilot.Jobs.Simulators.Tests;

public sealed class LedgerTests : SimulatorFixture
{
    [Fact]
    public async Task Ledger_WhenAnEditArrived_TellsWhatWasSent()
    {
        var image = PngFile.Claiming(64, 48);
        var mask = PngFile.Claiming(64, 48, colour: PngFile.Rgba);
        using var answer = await PostAsync(EditForm.Of("n=2").WithoutFiles().File("image[]", image).File("mask", mask));
        await Simulator.Ledger.FinishedAsync(1);

        var call = Simulator.Ledger.Calls.Single();

        call.Order.ShouldBe(["model", "prompt", "n", "image[]", "mask"]);
        call.Fields.ShouldBe(new Dictionary<string, string> { ["model"] = "gpt-image-2", ["prompt"] = "a red hat", ["n"] = "2" }, ignoreOrder: true);
        call.Parts.ShouldBe(
        [
            new PartRecord("image[]", "a.png", "image/png", image.Length, Convert.ToHexStringLower(SHA256.HashData(image)), 64, 48, "png", false),
            new PartRecord("mask", "a.png", "image/png", mask.Length, Convert.ToHexStringLower(SHA256.HashData(mask)), 64, 48, "png", true),
        ]);
        (call.Number, call.Provider, call.Path, call.Key, call.Model).ShouldBe((1, "openai", "/v1/images/edits", "1234", "gpt-image-2"));
        (call.Purchased, call.PurchaseNumber, call.Pictures, call.Status, call.ClientPresent).ShouldBe((true, 1, 2, 200, true));
        call.ArrivedAt.ShouldBe(Time.GetUtcNow());
        call.Headers.Keys.ShouldNotContain("authorization");
    }

    [Fact]
    public async Task Ledger_WhenTheClientLeavesMidUpload_TellsSoAndBillsNothing()
    {
        using var leaving = new CancellationTokenSource();
        using var content = new StallingContent(new EditForm().ToContent());
        var answering = Client.PostAsync("/v1/images/edits", content, leaving.Token);
        await content.Stalled;

        await leaving.CancelAsync();

        await answering.ShouldThrowAsync<OperationCanceledException>();
        await Simulator.Ledger.FinishedAsync(1);
        var call = Simulator.Ledger.Calls.Single();
        (call.Purchased, call.ClientPresent, call.Status).ShouldBe((false, false, null));
    }

    [Fact]
    public async Task Ledger_WhenAFileIsLarge_HashesAllOfIt()
    {
        byte[] image = [.. PngFile.Claiming(64, 48), .. RandomNumberGenerator.GetBytes(3_000_000)];
        using var answer = await PostAsync(new EditForm().WithoutFiles().File("image", image));

        Simulator.Ledger.Calls[0].Parts[0].Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(image)));
    }

    [Fact]
    public async Task Ledger_WhenReadOverHttp_HasTheFrozenShape()
    {
        using var answer = await PostAsync(new EditForm());

        var ledger = JsonDocument.Parse(await Client.GetStringAsync("/_ledger?finished=1")).RootElement;

        Names(ledger).ShouldBe(["callCount", "finishedCount", "purchases", "pictures", "dropped", "inFlight", "peakInFlight", "calls"]);
        Names(ledger.GetProperty("calls")[0]).ShouldBe(
        [
            "number", "arrivedAt", "provider", "path", "key", "model", "headers", "order", "fields", "parts", "purchased", "purchaseNumber", "pictures", "status", "code",
            "finished", "finishedAt", "clientPresent",
        ]);
        Names(ledger.GetProperty("calls")[0].GetProperty("parts")[0]).ShouldBe(
            ["name", "fileName", "contentType", "length", "sha256", "width", "height", "format", "hasAlpha"]);
        ledger.GetProperty("purchases").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Ledger_WhenCleared_IsEmptyAndGoesOnCounting()
    {
        using var first = await PostAsync(new EditForm());
        await Simulator.Ledger.FinishedAsync(1);
        using var cleared = await Client.DeleteAsync("/_ledger");
        Simulator.Ledger.Read().CallCount.ShouldBe(0);

        using var second = await PostAsync(new EditForm());

        Simulator.Ledger.Calls.Single().Number.ShouldBe(2);
        Simulator.Ledger.Read().Purchases.ShouldBe(1);
    }

    [Fact]
    public async Task Ledger_WhenBeyondItsCapacity_DropsTheOldestButCountsThem()
    {
        await using var small = await Simulator.StartAsync(new SimulatorOptions { LedgerCapacity = 1 });
        for (var call = 0; call < 3; call++)
        {
            using var content = new EditForm().ToContent();
            using var answer = await Client.PostAsync($"{small.BaseUrl}/images/edits", content);
        }

        var ledger = small.Ledger.Read();

        (ledger.CallCount, ledger.Purchases, ledger.Dropped, ledger.Calls.Single().Number).ShouldBe((3, 3, 2, 3));
    }

    private static string[] Names(JsonElement json) => [.. json.EnumerateObject().Select(member => member.Name)];
}
