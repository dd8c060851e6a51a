global using MPilot.Jobs.Tests.Kit;
