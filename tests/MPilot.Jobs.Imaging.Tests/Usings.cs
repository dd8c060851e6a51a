global using MPilot.Jobs.Imaging.Tests.Kit;
