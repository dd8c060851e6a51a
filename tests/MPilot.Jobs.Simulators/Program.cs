using MPilot.Jobs.Simulators;

var port = args is ["--port", var text] ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 0;
await using var simulator = await Simulator.StartAsync(new SimulatorOptions { Port = port });
Console.WriteLine($"listening on {simulator.Address}");
await simulator.WaitForShutdownAsync();
return 0;
